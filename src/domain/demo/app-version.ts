/** What the tablets of a demo's history call their version: no device stands behind them that could be switched on. */
export const DEMO_APP_VERSION = 'demo';
