// A frame whose table is wider than the window says so.

const frames = new ResizeObserver((entries) => {
  for (const { target } of entries) target.classList.toggle("wider", target.scrollWidth > target.clientWidth + 1);
});
for (const frame of document.querySelectorAll(".scroll")) frames.observe(frame);
