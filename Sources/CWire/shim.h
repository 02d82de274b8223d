#pragma once
/* What Swift's Glibc leaves out, and TLS. */
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
