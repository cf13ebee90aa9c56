import { ParlorError } from '@parlor/core/errors'

/** Where no media server is configured: whoever asks for a room is told what is missing. */
export function noRooms() {
  const refuse = async () => {
    throw new ParlorError('unavailable', {
      message: 'No media server is configured: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.',
    })
  }
  return { serverUrl: null, prepare: refuse, open: refuse, grant: refuse }
}
