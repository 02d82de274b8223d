#pragma once
#include <microhttpd.h>
#include <netdb.h>

/* These two end in "...", which Swift does not import. The daemon itself is
   started with MHD_start_daemon_va() and an option array, which needs no shim. */
static inline const struct sockaddr *ledger_mhd_client_address(struct MHD_Connection *c) {
  const union MHD_ConnectionInfo *i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return i ? i->client_addr : 0;
}
static inline unsigned int ledger_mhd_bound_port(struct MHD_Daemon *d) {
  const union MHD_DaemonInfo *i = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT);
  return i ? i->port : 0;
}
