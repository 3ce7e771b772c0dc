import { useEffect, useRef, useState } from "react";
import "webgan";
import "webgan/web-gan.css";

export function Gan(attributes) {
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
      <web-gan ref={element} data-src="/mnist" {...attributes}></web-gan>
      <figcaption>Steps: {step}</figcaption>
    </figure>
  );
}
