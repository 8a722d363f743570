// From which address a request comes: the connection's own, or what a trusted proxy says of it.
import { BlockList, isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';

declare module 'hono' {
  interface ContextVariableMap {
    /** As `addresses` found it. */
    address?: string;
  }
}

/** Proxies that are believed besides those on this machine: addresses and networks ("10.0.0.0/8"). */
export type Proxies = readonly string[];

/** Finds the address of every request once. */
export function addresses(proxies: Proxies): MiddlewareHandler {
  const trusted = listOf(proxies);
  return (c, next) => {
    c.set('address', visitor(c, trusted));
    return next();
  };
}

/**
 * The address that a request is counted under: of IPv6 the network of 64 bits, of which one visitor has as many addresses as they
 * like. Empty where there is no connection.
 */
export const addressOf = (c: Context): string => c.get('address') ?? visitor(c, LOCAL);

/** "10.1.2.3", "10.0.0.0/8", "fd00::/8" … */
export function isProxy(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    rest.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

function listOf(proxies: Proxies): BlockList {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8);
  list.addAddress('::1', 'ipv6');
  for (const each of proxies) {
    const [address = '', bits] = each.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

const LOCAL = listOf([]);

/** From the right: each trusted proxy has added who called it. What stands further left anybody may have written. */
function visitor(c: Context, trusted: BlockList): string {
  const socket = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming
    ?.socket;
  const forwarded = c.req.header('x-forwarded-for')?.slice(-1_000).split(',') ?? [];
  let address = plain(socket?.remoteAddress ?? '');
  while (forwarded.length > 0 && isTrusted(address, trusted)) {
    const before = plain(forwarded.pop()?.trim() ?? '');
    if (isIP(before) === 0) break;
    address = before;
  }
  return isIP(address) === 6 ? networkOf(address) : address;
}

const isTrusted = (address: string, trusted: BlockList): boolean =>
  isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An IPv4 address as it is, also where the system writes it as IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

function networkOf(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const first = head.split(':').filter(Boolean);
  const last = tail?.split(':').filter(Boolean) ?? [];
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  const groups = [...first, ...zeros, ...last].slice(0, 4);
  return `${groups.map((each) => Number.parseInt(each, 16).toString(16)).join(':')}::/64`;
}
