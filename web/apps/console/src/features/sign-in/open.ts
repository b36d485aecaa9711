import { createHttp } from "@frontdesk/api";

/** For who has not signed in yet. */
export const http = createHttp({ token: async () => null, refused: async () => null });
