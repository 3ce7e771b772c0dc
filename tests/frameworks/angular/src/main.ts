import {
  Component,
  CUSTOM_ELEMENTS_SCHEMA,
  provideZonelessChangeDetection,
  signal,
} from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import type { WebGanEventMap } from "webgan";

@Component({
  selector: "app-root",
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <h1>An article</h1>
    <figure>
      <web-gan preset="mlp" [steps]="2000" data-src="/mnist" (gan-step)="onStep($event)"></web-gan>
      <figcaption>Steps: {{ step() }}</figcaption>
    </figure>
  `,
})
class App {
  step = signal(0);

  onStep({ detail }: WebGanEventMap["gan-step"]) {
    this.step.set(detail.step);
  }
}

bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
