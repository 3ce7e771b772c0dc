// What one draws with: brushes and inks, as buttons of which one of each is pressed.

import { make } from "../kit/elements.js";
import { board as texts } from "#words/board.js";
import { BRUSHES, INKS, PAPER } from "./board.js";

/**
 * @param {HTMLElement} brushList
 * @param {HTMLElement} inkList
 */
export function boardTools(brushList, inkList) {
  let brush = 0;
  let ink = 0;
  const brushes = texts.brushes.map((text, number) => {
    const button = toggle(text, () => {
      brush = number;
    });
    button.style.setProperty("--brush", `${BRUSHES[number]}`);
    return button;
  });
  const inks = INKS.map((rgb, number) => {
    // What always is there has a name, and colours show themselves.
    const button = toggle([texts.pen, texts.eraser][number] ?? "", () => {
      ink = number;
    });
    if (number <= PAPER) return button;
    button.classList.add("ink");
    button.style.setProperty("--ink", `rgb(${rgb.join(" ")})`);
    button.setAttribute("aria-label", texts.inks[number]);
    return button;
  });
  const update = () => {
    brushes.forEach((button, i) => button.setAttribute("aria-pressed", String(i === brush)));
    inks.forEach((button, i) => button.setAttribute("aria-pressed", String(i === ink)));
  };
  /**
   * @param {string} text
   * @param {() => void} choose
   */
  function toggle(text, choose) {
    const button = make("button", { class: "toggle", text });
    button.type = "button";
    button.addEventListener("click", () => {
      choose();
      update();
    });
    return button;
  }
  brushList.replaceChildren(...brushes);
  inkList.replaceChildren(...inks);
  update();
  return {
    brush: () => brush,
    ink: () => ink,
    /** @param {boolean} hasColours */
    offer(hasColours) {
      inks.forEach((button, number) => {
        button.hidden = number > PAPER && !hasColours;
      });
      if (ink <= PAPER || hasColours) return;
      ink = 0;
      update();
    },
  };
}
