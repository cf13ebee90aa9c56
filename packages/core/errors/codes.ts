/**
 * Every reason Parlor refuses something, once. A new code fails to compile until each wire says how to show it, and
 * `docs/errors.md` must list it.
 */
export const errorCodes = {
  invalid_request: {
    meaning: 'The request could not be read.',
    whatToDo: 'Send well-formed JSON with the header content-type: application/json.',
  },
  validation_failed: {
    meaning: 'The request was read, but a value in it is not allowed.',
    whatToDo: 'Correct the fields named in the answer and send it again.',
  },
  missing_key: {
    meaning: 'No API key came with the request.',
    whatToDo: 'Send a secret key in the header x-api-key, from your backend only.',
  },
  invalid_key: {
    meaning: 'The API key is unknown, expired or disabled.',
    whatToDo: 'Check the key, or make a new one with parlor keys create.',
  },
  insufficient_scope: {
    meaning: 'The key is valid but may not do this.',
    whatToDo: 'Use a key with the scope the message names.',
  },
  not_found: {
    meaning: 'There is no such thing, or it is not yours.',
    whatToDo: 'Check the id and that the key belongs to the account that made it.',
  },
  method_not_allowed: {
    meaning: 'This address does not take this method.',
    whatToDo: 'Use one of the methods in the Allow header.',
  },
  conflict: {
    meaning: 'It clashes with something that already exists.',
    whatToDo: 'Choose another name, or change the existing one.',
  },
  forbidden: {
    meaning: 'This is not allowed for anybody with this kind of access.',
    whatToDo: 'Read the message: it names the rule.',
  },
  payload_too_large: {
    meaning: 'The body is larger than this operation takes.',
    whatToDo: 'Send less; the message names the limit.',
  },
  unsupported_media_type: {
    meaning: 'The body is of a kind this operation does not take.',
    whatToDo: 'Send the media type the message names.',
  },
  rate_limited: {
    meaning: 'Too many requests in a short time.',
    whatToDo: 'Wait as long as the Retry-After header says.',
  },
  concurrency_reached: {
    meaning: 'The account has as many sessions at once as it may have.',
    whatToDo: 'End a session, wait until one expires, or raise the limit with parlor accounts set.',
  },
  account_suspended: {
    meaning: 'The account is suspended.',
    whatToDo: 'Ask the operator of this installation.',
  },
  invalid_token: {
    meaning: 'The session token is missing, malformed, or not one of ours.',
    whatToDo: 'Create a new session on your backend and hand its token to the page.',
  },
  session_ended: {
    meaning: 'The session is over.',
    whatToDo: 'Create a new session; an ended one never comes back.',
  },
  session_bound: {
    meaning: 'The session takes one visitor, and another came first.',
    whatToDo: 'Create one session for each visitor, or create it without single_use.',
  },
  invalid_visitor: {
    meaning: 'The visitor is unknown in this session or the resume key is wrong.',
    whatToDo: 'Say hello without a visitor to begin anew.',
  },
  origin_refused: {
    meaning: 'This site may not use this session.',
    whatToDo: 'Add the site to allowed_domains or allowed_origins when the session is created.',
  },
  feature_disabled: {
    meaning: 'The session was created without this feature.',
    whatToDo: 'Create the session with the feature switched on.',
  },
  message_too_long: {
    meaning: 'The message is longer than a message may be.',
    whatToDo: 'Send a shorter one; the message names the limit.',
  },
  session_limit: {
    meaning: 'The session has had all the messages or tokens it may have.',
    whatToDo: 'Create a new session; PARLOR_LIMIT_MESSAGES and PARLOR_LIMIT_TOKENS say how much one may have.',
  },
  model_failed: {
    meaning: 'The model did not answer.',
    whatToDo: 'Try again in a moment; the operator finds the reason in the log.',
  },
  unavailable: {
    meaning: 'Parlor cannot do its work at the moment.',
    whatToDo: 'Try again shortly; GET /health says what is wrong.',
  },
  internal: {
    meaning: 'Something went wrong inside Parlor.',
    whatToDo: 'Try again, and give the request id to the operator.',
  },
} as const satisfies Record<string, { meaning: string; whatToDo: string }>

export type ErrorCode = keyof typeof errorCodes
