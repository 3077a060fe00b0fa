/**
 * SHA-256 of a text (UTF-8), as lower-case hex.
 * Written out because crypto.subtle does not exist on plain-http addresses, where a training room may well be. FIPS 180-4.
 */
const ROUND = [];
const START = [];

function fraction(x) {
  return ((x - Math.floor(x)) * 0x100000000) | 0;
}

for (let n = 2; ROUND.length < 64; n += 1) {
  let prime = true;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
  if (prime) {
    if (START.length < 8) START.push(fraction(Math.sqrt(n)));
    ROUND.push(fraction(Math.cbrt(n)));
  }
}

function padded(bytes) {
  const length = ((bytes.length + 8) >> 6) + 1;
  const words = new Int32Array(length * 16);
  bytes.forEach((byte, i) => { words[i >> 2] |= byte << (24 - (i % 4) * 8); });
  words[bytes.length >> 2] |= 0x80 << (24 - (bytes.length % 4) * 8);
  words[words.length - 1] = bytes.length * 8;
  return words;
}

const turn = (x, n) => (x >>> n) | (x << (32 - n));

function schedule(block) {
  const w = Array.from(block);
  for (let i = 16; i < 64; i += 1) {
    const a = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
    const b = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
    w.push((w[i - 16] + a + w[i - 7] + b) | 0);
  }
  return w;
}

function compress(state, block) {
  let [a, b, c, d, e, f, g, h] = state;
  schedule(block).forEach((word, i) => {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUND[i] + word) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  });
  return [a, b, c, d, e, f, g, h].map((value, i) => (value + state[i]) | 0);
}

export function sha256(text) {
  const words = padded(new TextEncoder().encode(text));
  let state = START;
  for (let i = 0; i < words.length; i += 16) state = compress(state, words.subarray(i, i + 16));
  return state.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
}
