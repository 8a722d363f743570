// The uploads of the Zalo stand-in seen with plain requests, and what becomes of uploaded things in messages.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ZaloUser } from './zalo-oa/people.ts';
import { call, errorOf, file, media, refresh, tell, upload } from './zalo-oa/plain.ts';
import { startZaloOa, type ZaloOa } from './zalo-oa.ts';

const HOUR = 3_600_000;
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
let oa: ZaloOa;
let user: ZaloUser;
beforeEach(async () => {
  oa = await startZaloOa();
  user = oa.user();
  user.say('chào');
});
afterEach(() => oa.stop());

describe('uploads', () => {
  it('take a PDF that can be sent for seven days', async () => {
    const { data } = await upload(oa, 'file', 'bieu.pdf', '%PDF-1.7 …');
    expect(await errorOf(oa, user.id, file(data.token))).toBe(0);
    expect(user.messages()[0]?.file).toEqual({
      name: 'bieu.pdf',
      type: 'pdf',
      bytes: Buffer.from('%PDF-1.7 …'),
    });
    expect(oa.calls('/v2.0/oa/upload/file')[0]?.body).toEqual({ file: { name: 'bieu.pdf', size: 12 } });
    expect(await errorOf(oa, user.id, media({ media_type: 'image', attachment_id: data.token }))).toBe(-201);
    oa.advance(7 * 24 * HOUR + 1000);
    await refresh(oa, oa.refreshToken);
    user.say('còn đây');
    expect(await tell(oa, user.id, file(data.token))).toMatchObject({
      error: -100,
      message: 'attachment_id was expired',
    });
  });

  it('take a picture, and say what they think of other things', async () => {
    const { data } = await upload(oa, 'image', 'a.png', PNG);
    expect(
      await errorOf(oa, user.id, {
        text: 'Biểu',
        ...media({ media_type: 'image', attachment_id: data.attachment_id }),
      }),
    ).toBe(0);
    expect(user.messages()[0]).toMatchObject({ kind: 'image', text: 'Biểu', image: PNG });
    expect(await upload(oa, 'image', 'a.gif', 'GIF89a')).toMatchObject({
      error: -201,
      message: 'file is invalid. We only support png and jpeg',
    });
    expect((await upload(oa, 'image', 'a.png', 'no picture')).error).toBe(-201);
    expect((await upload(oa, 'image', 'a.png', Buffer.concat([PNG, Buffer.alloc(1024 * 1024)]))).error).toBe(
      -210,
    );
    expect((await upload(oa, 'gif', 'a.gif', 'GIF89a')).data.attachment_id).toEqual(expect.any(String));
  });

  it('refuse what Zalo does not take', async () => {
    const zip = Buffer.from('504b0304aaaa', 'hex');
    expect((await upload(oa, 'file', 'bieu.xlsx', zip)).error).toBe(-201);
    expect((await upload(oa, 'file', 'renamed.docx', zip)).error).toBe(-201);
    expect(await upload(oa, 'file', 'noextension', 'x')).toMatchObject({ error: 0, data: {} });
    expect((await upload(oa, 'file', 'a.csv', 'a;b')).data.token).toEqual(expect.any(String));
    expect((await upload(oa, 'file', 'a.csv', Buffer.alloc(5 * 1024 * 1024 + 1, 'a'))).error).toBe(-210);
    const form = new FormData();
    form.append('upload', new Blob(['x']), 'a.csv');
    expect((await call(oa, '/v2.0/oa/upload/file', form)).error).toBe(-201);
    oa.set({ acceptXlsx: true, uploads: 'pdfRefused' });
    expect((await upload(oa, 'file', 'bieu.xlsx', zip)).error).toBe(0);
    expect((await upload(oa, 'file', 'a.pdf', '%PDF')).error).toBe(-201);
    oa.set({ uploads: 'filesRefused' });
    expect((await upload(oa, 'file', 'bieu.docx', Buffer.from('PK\x03\x04word/'))).error).toBe(-201);
    expect((await upload(oa, 'image', 'a.png', PNG)).error).toBe(0);
    oa.set({ uploads: 'emptyData' });
    expect(await upload(oa, 'file', 'a.csv', 'a')).toMatchObject({ error: 0, data: {} });
    oa.set({ uploads: 'refused' });
    expect((await upload(oa, 'file', 'a.csv', 'a')).error).toBe(-201);
  });
});
