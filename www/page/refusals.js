// What is said of what was refused, in the state: when it comes, how long it stands. Pure functions.

/** @import { Action } from "./reduce.js" */
/** @import { Place, State } from "./state.js" */

/**
 * Whether somebody's wish has come about with it.
 * @param {Action} action
 */
export function hasComeAbout(action) {
  switch (action.type) {
    case "settings":
    case "steered":
    case "running":
    case "layers":
    case "view":
    case "shows-real":
    case "chosen":
    case "keeps-awake":
      return true;
    case "stepping":
      return action.isStepping;
    case "measuring":
      return action.isAsked;
    case "saving":
    case "exporting":
      return action.what !== undefined;
    default:
      return false;
  }
}

/**
 * What another run leaves of what was said: of the address, and what was refused after that run was asked for.
 * @param {State} state
 * @param {State["problems"]} [ended] what was said by then: all, where there is none
 * @returns {Pick<State, "problems" | "mendable">}
 */
export function standing({ problems, mendable }, ended = problems) {
  const said = /** @type {[Place, string][]} */ (Object.entries(problems));
  const stands = said.filter(
    ([place, message]) => place === "address" || (place !== "run" && message !== ended[place]),
  );
  const isMendable = stands.some(([place]) => place === mendable?.place);
  return { problems: Object.fromEntries(stands), mendable: isMendable ? mendable : undefined };
}

/**
 * What is said of the run itself and of the address is no refusal of an act. With nothing to train a refusal says
 * why, and its remedy is the way on.
 * @param {State} state
 * @returns {State}
 */
export function withoutRefusals(state) {
  if (state.run === undefined) return state;
  const { run, address, ...refusals } = state.problems;
  if (Object.values(refusals).every((message) => message === undefined)) return state;
  const mendable = state.mendable?.place === "run" ? state.mendable : undefined;
  return { ...state, mendable, problems: { run, address } };
}

/**
 * @param {State} state
 * @param {Place} place
 * @param {string | undefined} message
 * @returns {State}
 */
export function withProblem(state, place, message) {
  return { ...state, problems: { ...state.problems, [place]: message } };
}

/**
 * @param {State} state
 * @param {Place} place
 * @returns {State}
 */
export function withoutProblem(state, place) {
  if (state.problems[place] === undefined) return state;
  const mendable = state.mendable?.place === place ? undefined : state.mendable;
  return { ...state, mendable, problems: { ...state.problems, [place]: undefined } };
}
