type Format = (phone: string) => string;

/** Telephone numbers as people write them, once the library for that is here; as they are stored until then. */
export class PhoneWords {
  #format = $state.raw<Format>((phone) => phone);

  async load(): Promise<void> {
    const { showPhone } = await import('../../device/phone');
    this.#format = (phone) => showPhone(phone);
  }

  of(phone: string): string {
    return this.#format(phone);
  }
}
