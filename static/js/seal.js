/** Seals what waits on this device with AES-GCM, under a key that only the server gives and nothing here stores. */
const NONCE = 12;
const text = new TextEncoder();

function unhexed(hex) {
  return Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
}

/** seal(value) and open(sealed) for things of one name; null where the browser has no cipher, as on plain http, or there is no key. */
export async function sealer(secret, name) {
  const cipher = window.crypto && window.crypto.subtle;
  if (!cipher || !secret) return null;
  const key = await cipher.importKey("raw", unhexed(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
  const under = (iv) => ({ name: "AES-GCM", iv, additionalData: text.encode(name) });
  return {
    async seal(value) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE));
      return { iv, data: await cipher.encrypt(under(iv), key, text.encode(JSON.stringify(value))) };
    },
    /** Rejects what was sealed under another key or name, and what was changed since. */
    async open({ iv, data }) {
      return JSON.parse(new TextDecoder().decode(await cipher.decrypt(under(iv), key, data)));
    },
  };
}
