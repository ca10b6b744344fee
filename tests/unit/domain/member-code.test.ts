import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberCode, readMemberCode } from '../../../src/domain/member-code';

const member = '018f3c1e-7b2a-7c3d-8e4f-00000000ab1e';

describe('a member’s code', () => {
  it('says of any key what Node’s own base 64 says, and is read back', () => {
    const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(keys, (bytes) => {
        const directoryKey = Buffer.from(bytes).toString('hex');
        const code = memberCode({ member, directoryKey });
        expect(code).toBe(`verna:member:${member}:${Buffer.from(bytes).toString('base64url')}`);
        expect(readMemberCode(code)).toEqual({ member, directoryKey });
      }),
    );
  });

  it('is read without a key, as it was made before', () => {
    expect(readMemberCode(`verna:member:${member}`)).toEqual({ member, directoryKey: null });
    expect(memberCode({ member, directoryKey: null })).toBe(`verna:member:${member}`);
  });

  it.each([
    ['another’s', 'https://example.com'],
    ['no member’s', 'verna:member:'],
    ['of a member that cannot be', 'verna:member:anna'],
    ['cut short', `verna:member:${member}:abc`],
    ['not in base 64', `verna:member:${member}:${'+'.repeat(43)}`],
  ])('is none when it is %s', (_, text) => {
    expect(readMemberCode(text)).toBeNull();
  });
});
