"use client";

import { useEffect, useRef, useState } from "react";
import "webgan";

export function Gan() {
  const element = useRef(null);
  const [step, setStep] = useState(0);

  useEffect(() => {
    const gan = element.current;
    const onStep = (event) => setStep(event.detail.step);
    gan.addEventListener("gan-step", onStep);
    return () => gan.removeEventListener("gan-step", onStep);
  }, []);

  return (
    <figure>
      <web-gan ref={element} preset="mlp" steps="2000" data-src="/mnist"></web-gan>
      <figcaption>Steps: {step}</figcaption>
    </figure>
  );
}
