// The page's program runs: what the page says in case it does not can go (unstarted.css).

export function started() {
  document.getElementById("unstarted")?.remove();
}
