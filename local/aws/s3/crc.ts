/** A reflected CRC as S3 uses them: all ones at the start, all bits turned at the end. */
export interface CrcKind {
  readonly widthBits: 32 | 64;
  /** The polynomial with its bits in reverse order. */
  readonly reversedPolynomial: bigint;
}

export const crc32Kind: CrcKind = { widthBits: 32, reversedPolynomial: 0xedb88320n };
export const crc32cKind: CrcKind = { widthBits: 32, reversedPolynomial: 0x82f63b78n };
export const crc64NvmeKind: CrcKind = { widthBits: 64, reversedPolynomial: 0x9a6c9329ac4bc9b5n };

/** A CRC that takes its bytes piece by piece. The 64 bits are kept as two halves: BigInt would be fifty times slower. */
export function startCrc(kind: CrcKind): { update(bytes: Uint8Array): void; digest(): Buffer } {
  const tables = tablesOf(kind);
  const state = { high: kind.widthBits === 64 ? -1 : 0, low: -1 };
  return {
    update: (bytes) => advance(tables, state, bytes),
    digest() {
      const out = Buffer.alloc(8);
      out.writeInt32BE(~state.high, 0);
      out.writeInt32BE(~state.low, 4);
      return out.subarray(8 - kind.widthBits / 8);
    },
  };
}

/** The CRC of two pieces laid end to end, from the CRCs of both and the length of the second. */
export function joinCrcs(kind: CrcKind, first: Buffer, second: Buffer, secondSizeBytes: number): Buffer {
  const width = BigInt(kind.widthBits);
  let power = 1n << (width - 1n);
  let square = power >> 8n;
  for (let rest = BigInt(secondSizeBytes); rest > 0n; rest >>= 1n) {
    if (rest & 1n) power = multiply(kind, power, square);
    square = multiply(kind, square, square);
  }
  const joined = multiply(kind, power, BigInt(`0x${first.toString('hex')}`)) ^ BigInt(`0x${second.toString('hex')}`);
  return Buffer.from(joined.toString(16).padStart(kind.widthBits / 4, '0'), 'hex');
}

/** Polynomials over GF(2) modulo the CRC's; the highest bit stands for x⁰. */
function multiply(kind: CrcKind, one: bigint, other: bigint): bigint {
  let product = 0n;
  let shifted = other;
  for (let bit = 1n << (BigInt(kind.widthBits) - 1n); bit > 0n; bit >>= 1n) {
    if (one & bit) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ kind.reversedPolynomial : shifted >> 1n;
  }
  return product;
}

interface Tables {
  /** Eight tables of 256, one for each byte of a step, laid end to end. */
  readonly high: Int32Array;
  readonly low: Int32Array;
}

const known = new Map<CrcKind, Tables>();

function tablesOf(kind: CrcKind): Tables {
  const made = known.get(kind) ?? makeTables(kind);
  known.set(kind, made);
  return made;
}

function makeTables(kind: CrcKind): Tables {
  const high = new Int32Array(2048);
  const low = new Int32Array(2048);
  for (let byte = 0; byte < 256; byte += 1) {
    let value = BigInt(byte);
    for (let step = 0; step < 8; step += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        value = value & 1n ? (value >> 1n) ^ kind.reversedPolynomial : value >> 1n;
      }
      high[step * 256 + byte] = Number(BigInt.asIntN(32, value >> 32n));
      low[step * 256 + byte] = Number(BigInt.asIntN(32, value));
    }
  }
  return { high, low };
}

/** Eight bytes a step ("slicing by eight"); `!` because an index out of range is impossible and a check would halve the speed. */
function advance(tables: Tables, state: { high: number; low: number }, bytes: Uint8Array): void {
  const { high: h, low: l } = tables;
  let { high, low } = state;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    const i7 = 1792 + ((low ^ bytes[at]!) & 255);
    const i6 = 1536 + (((low >>> 8) ^ bytes[at + 1]!) & 255);
    const i5 = 1280 + (((low >>> 16) ^ bytes[at + 2]!) & 255);
    const i4 = 1024 + (((low >>> 24) ^ bytes[at + 3]!) & 255);
    const i3 = 768 + ((high ^ bytes[at + 4]!) & 255);
    const i2 = 512 + (((high >>> 8) ^ bytes[at + 5]!) & 255);
    const i1 = 256 + (((high >>> 16) ^ bytes[at + 6]!) & 255);
    const i0 = ((high >>> 24) ^ bytes[at + 7]!) & 255;
    high = h[i7]! ^ h[i6]! ^ h[i5]! ^ h[i4]! ^ h[i3]! ^ h[i2]! ^ h[i1]! ^ h[i0]!;
    low = l[i7]! ^ l[i6]! ^ l[i5]! ^ l[i4]! ^ l[i3]! ^ l[i2]! ^ l[i1]! ^ l[i0]!;
  }
  for (; at < bytes.length; at += 1) {
    const index = (low ^ bytes[at]!) & 255;
    low = ((low >>> 8) | (high << 24)) ^ l[index]!;
    high = (high >>> 8) ^ h[index]!;
  }
  state.high = high;
  state.low = low;
}
