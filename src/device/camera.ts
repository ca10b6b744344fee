/** 'blocked': somebody, or the page's policy, said no. 'missing': there is none, or another app has it. */
export type OpenedCamera = { outcome: 'open'; stream: MediaStream } | { outcome: 'blocked' | 'missing' };

/** The camera that looks away from the screen, if there is a choice. Whoever opens it stops its tracks. */
export async function openCamera(): Promise<OpenedCamera> {
  // Absent where the page is not served over https.
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (!mediaDevices) return { outcome: 'missing' };
  try {
    const video = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
    return { outcome: 'open', stream: await mediaDevices.getUserMedia({ video, audio: false }) };
  } catch (error) {
    const isBlocked = error instanceof DOMException && error.name === 'NotAllowedError';
    return { outcome: isBlocked ? 'blocked' : 'missing' };
  }
}
