import { Gate } from "./Gate.tsx";
import { Live } from "./Live.tsx";
import { Shell } from "./Shell.tsx";

export function Root() {
  return (
    <Gate>
      <Live>
        <Shell />
      </Live>
    </Gate>
  );
}
