/** Where a client without a `serverURL` goes: a Parlor on this machine, as it starts by default. `serverIdx` chooses. */
export const ServerList = ['http://127.0.0.1:3001'] as const
