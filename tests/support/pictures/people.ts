/** A customer of the shop in each language's pictures. */
export const PEOPLE = {
  en: {
    country: 'GB',
    typed: '07400123456',
    phone: '+447400123456',
    name: 'Charlotte',
    email: 'charlotte@example.com',
  },
  ru: {
    country: 'RU',
    typed: '89123456789',
    phone: '+79123456789',
    name: 'Елизавета',
    email: 'elizaveta@example.com',
  },
  bg: {
    country: 'BG',
    typed: '0888123456',
    phone: '+359888123456',
    name: 'Радостина',
    email: 'radostina@example.com',
  },
} as const;
