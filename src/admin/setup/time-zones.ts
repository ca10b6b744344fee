/** Every zone the browser knows by its IANA name. */
export const timeZones = (): string[] => Intl.supportedValuesOf('timeZone');

/** The zone this device is in; UTC when it will not say. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
