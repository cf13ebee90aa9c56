import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { ConfigError } from '../config/parse-value.ts'
import { clientAddress, networkOf, trustedProxies } from './client-address.ts'

const request = (forwarded: string) =>
  ({
    socket: { remoteAddress: '10.0.0.1' },
    connection: { remoteAddress: '10.0.0.1' },
    headers: { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

it.each([
  [null, '10.0.0.1'],
  ['1', '198.51.100.7'],
  ['10.0.0.0/8', '198.51.100.7'],
  ['loopback', '10.0.0.1'],
])('with PARLOR_TRUST_PROXY=%s the client is %s', (setting, address) => {
  expect(clientAddress(request('203.0.113.5, 198.51.100.7'), trustedProxies(setting))).toBe(address)
})

it.each(['nonsense', '10.0.0.0/99', '-1', '999.1.1.1', 'a,b'])(
  '%s stops the start with a sentence that names the variable',
  (setting) => {
    expect(() => trustedProxies(setting)).toThrow(ConfigError)
    expect(() => trustedProxies(setting)).toThrow(/^PARLOR_TRUST_PROXY /)
  },
)

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1::2:3:4:5', '2001:db8:1:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s stands for %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
