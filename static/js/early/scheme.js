// Before anything is drawn: the colours that this browser was told to use. Without a choice, or
// without this script, the device decides. scheme-choice.js is where one chooses.
try {
  const [scheme, contrast] = (localStorage.getItem("scheme") ?? "").split(" ");
  if (scheme) document.documentElement.dataset.scheme = scheme;
  if (contrast) document.documentElement.dataset.contrast = contrast;
} catch {
  // Storage is closed to us: the device decides.
}
