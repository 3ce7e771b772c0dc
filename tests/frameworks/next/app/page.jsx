import { Gan } from "./gan.jsx";

export default function Page() {
  return (
    <main>
      <h1>An article</h1>
      <Gan />
    </main>
  );
}
