import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { webhooksFirst } from '#webhooks/front.ts';

/** A server whose application swallows every body, as one with a body parser in the wrong place would. */
function aServer() {
  const application = express();
  application.use(express.raw({ type: () => true }), (_request, response) => void response.send('application'));
  return createServer(webhooksFirst((incoming, response) => void incoming.pipe(response.setHeader('content-type', 'text/plain')), application));
}

describe('the way of a request', () => {
  test.each(['/webhooks/github', '/webhooks/github/', '/webhooks/github?x=1', '/webhooks/github/?x=1'])('for %s ends at the receiver, its body unread', async (path) => {
    const response = await request(aServer()).post(path).type('text').send('body');

    expect(response.text).toBe('body');
  });

  test.each(['/', '/webhooks', '/webhooks/githubs', '/webhooks/github/x', '/webhooks/github%2f', '/x/webhooks/github', '/?/webhooks/github'])(
    'for %s ends at the application',
    async (path) => {
      const response = await request(aServer()).post(path).type('text').send('body');

      expect(response.text).toBe('application');
    },
  );
});
