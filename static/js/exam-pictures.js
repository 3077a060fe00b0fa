/** The pictures of a sheet for its sealed copy: {address: data URL}. What is too large stays out; its description stands in then. */
const EACH = 1024 * 1024;
const ALL = 4 * 1024 * 1024;

function addresses(root) {
  const own = Array.from(root.querySelectorAll("img[src]"), (img) => img.getAttribute("src")).filter((src) => src.charAt(0) === "/");
  return Array.from(new Set(own));
}

function spelled(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    Object.assign(reader, { onload: () => resolve(reader.result), onerror: () => reject(reader.error) });
    reader.readAsDataURL(blob);
  });
}

async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin", priority: "low" });
  const blob = await answer.blob();
  return answer.ok && blob.type.indexOf("image/") === 0 && blob.size <= EACH ? spelled(blob) : null;
}

/** Fetches what `have` lacks, one after the other, and calls found(pictures) after each. Never rejects. */
export async function gather(root, have, found) {
  const pictures = {};
  let size = 0;
  for (const address of addresses(root)) {
    try {
      const picture = have[address] || (await fetched(address));
      if (picture && size + picture.length <= ALL) {
        pictures[address] = picture;
        size += picture.length;
        found(pictures);
      }
    } catch (error) {
      // no network: the next time the sheet opens
    }
  }
}

/** A part of a page, not shown yet, with these pictures in the place of their addresses. */
export function withPictures(html, pictures) {
  const template = document.createElement("template");
  template.innerHTML = html;
  template.content.querySelectorAll("img[src]").forEach((img) => {
    const picture = pictures[img.getAttribute("src")];
    if (picture) img.setAttribute("src", picture);
  });
  return template.content;
}
