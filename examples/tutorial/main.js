import "webgan";

// The losses of the last element, as the article talks about them.
const duel = document.querySelector("#duel");
const words = document.querySelector("#duel-words");
duel.addEventListener("gan-metrics", ({ detail: { step, dOfReal, dOfFake } }) => {
  words.textContent = `After ${step} steps it finds real digits ${dOfReal.toFixed(2)} real, and drawn ones ${dOfFake.toFixed(2)}.`;
});
