#pragma once
/* What Swift's Glibc leaves out, and TLS. */
#include <gnutls/gnutls.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
