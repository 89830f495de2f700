from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from onrecord._version import __version__

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

INNER = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # protocol assignments; a metadata service of one cloud stands here
            "192.88.99.0/24",  # relays into another network
            "168.63.129.16/32",  # the metadata service of another cloud, in public space
        ),
    )
)
"""What Python calls public and is none."""
UNICAST = ipaddress.IPv6Network("2000::/3")
"""The part of IPv6 in which hosts of the net stand; outside it an address may hide an IPv4 one."""


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What may be fetched, and how much of it: the same for every address of a run."""

    agent: str = f"onrecord/{__version__}"
    """The name that is told to servers, and looked for in their robots.txt."""
    seconds: float = 30.0
    """For one address with all its redirects, from the look-up of its name to the last byte."""
    patience: float = 10.0
    """Seconds without a byte after which a server is given up."""
    redirects: int = 5
    inside: frozenset[tuple[str, int]] = frozenset()
    """IP addresses and ports that are not public and may be reached all the same: an archive of one's own."""

    def allows(self, address: Address, port: int) -> bool:
        """Return whether a connection to an address may be made."""
        return is_public(address) or (str(address), port) in self.inside


POLICY = FetchPolicy()


def is_public(address: Address) -> bool:
    """Return whether an address is one host of the public net: no loopback, private, link-local or group one.

    >>> is_public(ipaddress.ip_address("169.254.169.254"))
    False
    """
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in INNER)
    # 6to4 and Teredo wrap an IPv4 address, whichever it is
    return address in UNICAST and address.sixtofour is None and address.teredo is None
