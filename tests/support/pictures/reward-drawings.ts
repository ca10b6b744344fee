import type { Page } from '@playwright/test';

const SHADOW = '<ellipse cx="600" cy="720" rx="380" ry="60" fill="#3c2814" opacity="0.12"/>';

const DRAWINGS = {
  cup: `<rect width="1200" height="900" fill="#e9d8c3"/>${SHADOW}
    <circle cx="850" cy="480" r="100" fill="none" stroke="#fffaf2" stroke-width="46"/>
    <path d="M350 310h470v200a190 190 0 0 1-190 190h-90a190 190 0 0 1-190-190z" fill="#fffaf2"/>
    <ellipse cx="585" cy="310" rx="235" ry="62" fill="#fff3df"/><ellipse cx="585" cy="316" rx="205" ry="46" fill="#6b4226"/>
    <ellipse cx="560" cy="312" rx="90" ry="20" fill="#c69468"/>`,
  loaf: `<rect width="1200" height="900" fill="#dfe3d3"/>${SHADOW}
    <path d="M270 620a330 260 0 0 1 660 0v20a70 70 0 0 1-70 70H340a70 70 0 0 1-70-70z" fill="#b8793c"/>
    <path d="M300 590a300 210 0 0 1 600 0a120 60 0 0 1-120 60H420a120 60 0 0 1-120-60z" fill="#cf9150"/>
    <g fill="none" stroke="#f3d9ab" stroke-width="40" stroke-linecap="round">
      <path d="M450 440l-40 110M610 420l-40 130M770 440l-40 110"/></g>`,
  cake: `<rect width="1200" height="900" fill="#f0dcd6"/>${SHADOW}
    <rect x="330" y="470" width="540" height="240" rx="30" fill="#8a5235"/><rect x="330" y="560" width="540" height="50" fill="#f7e6d0"/>
    <rect x="310" y="410" width="580" height="110" rx="55" fill="#fff6ea"/>
    <g fill="#b73b4a"><circle cx="420" cy="395" r="46"/><circle cx="600" cy="395" r="46"/><circle cx="780" cy="395" r="46"/></g>`,
};

/** Something to eat or drink as a PNG, as an owner might have drawn it: larger than what tablets keep. */
export async function drawReward(page: Page, what: keyof typeof DRAWINGS): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900">${DRAWINGS[what]}</svg>`;
  const url = await page.evaluate(
    async (source) => {
      const image = new Image(1200, 900);
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = 1200;
      canvas.height = 900;
      canvas.getContext('2d')!.drawImage(image, 0, 0);
      return canvas.toDataURL('image/png');
    },
    `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
