/**
 * Guards: what is written beside a WebSocket is a whole frame, as the WebSocket itself would have written it.
 *
 * A text message in one frame from a server, which does not mask (RFC 6455, 5.2). Nothing of ours comes in several frames and nothing
 * is compressed, so between two writes to a socket there is never half a message.
 */
const FINAL_TEXT = 0x81
const OF_16_BITS = 126
const OF_64_BITS = 127

/** The message that begins so and goes on with what many have in common. */
export const frameOf = (beginning: string, rest: Buffer): Buffer => {
  const begun = Buffer.byteLength(beginning)
  const length = begun + rest.length
  const extended = length < OF_16_BITS ? 0 : length < 0x10000 ? 2 : 8
  const frame = Buffer.allocUnsafe(2 + extended + length)
  frame[0] = FINAL_TEXT
  if (extended === 0) frame[1] = length
  else if (extended === 2) {
    frame[1] = OF_16_BITS
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = OF_64_BITS
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(beginning, 2 + extended)
  rest.copy(frame, 2 + extended + begun)
  return frame
}
