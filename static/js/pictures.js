/** Opens an image that waits (cms/held_picture.html) in its place, when it is tapped. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-picture]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const image = document.createElement("img");
  image.alt = link.dataset.alt;
  if (link.dataset.width) image.width = link.dataset.width;
  if (link.dataset.height) image.height = link.dataset.height;
  image.tabIndex = -1;
  image.src = link.href;
  link.replaceWith(image);
  image.focus({ preventScroll: true });
});
