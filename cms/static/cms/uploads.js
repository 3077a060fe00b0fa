/* Says that a chosen file is too large before it is sent: a file field with data-most-bytes and data-too-large. */
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches || !field.matches("input[type=file][data-most-bytes]")) return;
  const file = field.files[0];
  const large = Boolean(file) && file.size > Number(field.dataset.mostBytes);
  field.setCustomValidity(large ? field.dataset.tooLarge.replace("{size}", Math.ceil(file.size / 1048576)) : "");
  if (large) field.reportValidity();
});
