import { describe, expect, test } from '@jest/globals';
import { sign } from '@octokit/webhooks-methods';
import fc from 'fast-check';
import { signatureVerifier, type SignatureVerifier } from '#webhooks/signature.ts';
import { signed, VECTOR } from './receiving.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Verifies a body that is there as a whole. */
function isSigned(verifier: SignatureVerifier, body: Uint8Array, header: string): boolean {
  const verification = verifier.begin();
  verification.update(body);
  return verification.isSignedBy(header);
}

describe('a signature', () => {
  test("of GitHub's published vector is right", () => {
    const verifier = signatureVerifier([VECTOR.secret]);

    expect(isSigned(verifier, bytes(VECTOR.body), VECTOR.signature)).toBe(true);
  });

  test('is wrong when one bit of the body differs', () => {
    const verifier = signatureVerifier([VECTOR.secret]);

    expect(isSigned(verifier, bytes('Hello, World?'), VECTOR.signature)).toBe(false);
  });

  test('is right under any of the secrets and wrong under others', () => {
    const verifier = signatureVerifier(['new', 'old', 'older']);
    const body = bytes('{}');

    const verdicts = ['new', 'old', 'older', 'oldest'].map((secret) => isSigned(verifier, body, signed(body, secret)));

    expect(verdicts).toEqual([true, true, true, false]);
  });

  test('covers the bytes, so bodies that decode to the same text are told apart', () => {
    const verifier = signatureVerifier(['s']);
    const [one, other] = [Uint8Array.of(0x22, 0xff, 0x22), Uint8Array.of(0x22, 0xfe, 0x22)];

    expect(new TextDecoder().decode(one)).toBe(new TextDecoder().decode(other));
    expect(isSigned(verifier, one, signed(one, 's'))).toBe(true);
    expect(isSigned(verifier, other, signed(one, 's'))).toBe(false);
  });

  test('is the same in whatever pieces the body comes', () => {
    const body = bytes(VECTOR.body);
    const pieces = fc.array(fc.nat(body.length));

    fc.assert(
      fc.property(pieces, (cuts) => {
        const verification = signatureVerifier([VECTOR.secret]).begin();
        const places = [0, ...cuts.sort((a, b) => a - b), body.length];

        for (const [index, place] of places.entries()) verification.update(body.subarray(place, places[index + 1] ?? body.length));

        expect(verification.isSignedBy(VECTOR.signature)).toBe(true);
      }),
    );
  });

  test("agrees with GitHub's own library on every text and secret", async () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });

    await fc.assert(
      fc.asyncProperty(text, text, async (secret, body) => {
        const signature = await sign(secret, body);

        expect(isSigned(signatureVerifier([secret]), bytes(body), signature)).toBe(true);
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['the legacy digest', 'sha1=757107ea0eb2509fc211221cce984b8a37570b6d'],
    ['the digest alone', VECTOR.signature.slice(7)],
    ['one digit less', VECTOR.signature.slice(0, -1)],
    ['one digit more', `${VECTOR.signature}0`],
    ['a letter that is no digit', `${VECTOR.signature.slice(0, -1)}g`],
    ['two headers joined', `${VECTOR.signature}, ${VECTOR.signature}`],
    ['a line end behind it', `${VECTOR.signature}\n`],
  ])('is none when it is %s', (_, header) => {
    const verifier = signatureVerifier([VECTOR.secret]);

    expect(verifier.isWellFormed(header)).toBe(false);
    expect(isSigned(verifier, bytes(VECTOR.body), header)).toBe(false);
  });

  test('with an empty secret never counts, because everybody knows that one', () => {
    const verifier = signatureVerifier(['']);
    const body = bytes('{}');

    expect(verifier.hasSecrets).toBe(false);
    expect(isSigned(verifier, body, signed(body, ''))).toBe(false);
  });
});
