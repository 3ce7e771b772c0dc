import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import "webgan";
import type {} from "webgan/react";
import "webgan/web-gan.css";

function Gan() {
  const [step, setStep] = useState(0);
  return (
    <figure>
      <web-gan
        preset="mlp"
        steps={2000}
        dataSrc="/mnist"
        ongan-step={(event) => setStep(event.detail.step)}
      ></web-gan>
      <figcaption>Steps: {step}</figcaption>
    </figure>
  );
}

createRoot(document.querySelector("#root")!).render(
  <StrictMode>
    <h1>An article</h1>
    <Gan />
  </StrictMode>,
);
