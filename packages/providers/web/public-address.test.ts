import { describe, expect, test } from 'vitest'
import { isPublicAddress } from './public-address.ts'

describe('an address of the open internet', () => {
  test.each([
    '93.184.215.14',
    '8.8.8.8',
    '172.32.0.1',
    '192.167.255.255',
    '2606:2800:21f:cb07::1',
    '2a00:1450:4001::1',
  ])('%s is opened', (address) => expect(isPublicAddress(address)).toBe(true))
})

describe('an address that is not is refused', () => {
  test.each([
    ['this host', ['0.0.0.0', '0.1.2.3', '::', '127.0.0.1', '127.255.255.254', '::1']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1', 'fec0::1']],
    ['link-local', ['169.254.0.1', 'fe80::1', 'fe80::1%eth0']],
    ['a cloud’s own', ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192']],
    ['shared by carriers', ['100.64.0.1', '100.127.255.255']],
    [
      'mapped or translated',
      ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::a00:1'],
    ],
    ['tunnelled', ['2002:7f00:1::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2']],
    ['multicast or broadcast', ['224.0.0.1', '239.255.255.250', '255.255.255.255', 'ff02::1']],
    [
      'reserved',
      [
        '240.0.0.1',
        '198.18.0.1',
        '192.0.2.1',
        '198.51.100.1',
        '203.0.113.1',
        '192.88.99.1',
        '2001:db8::1',
        '100::1',
        '4000::1',
      ],
    ],
    ['no address', ['', 'localhost', '8.8.8', '1.2.3.4.5', 'x']],
  ])('%s', (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([])
  })
})
