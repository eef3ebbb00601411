import { describe, expect, it } from 'vitest';
import { allCredentials, credentialsFor } from '../../../../src-main/runtime/docker/credentials.ts';

const HUB = 'https://index.docker.io/v1/';
const auth = Buffer.from('ada:s3cret:with:colons').toString('base64');
const never = (): never => {
  throw new Error('no helper is to be asked');
};

describe('credentials for a registry', () => {
  it('stand in the file, under its host or its whole address', async () => {
    const config = { auths: { [HUB]: { auth }, 'https://ghcr.io/v2/': { auth } } };
    expect(await credentialsFor('docker.io', config, never)).toEqual({
      username: 'ada',
      password: 's3cret:with:colons',
      serveraddress: HUB,
    });
    expect(await credentialsFor('ghcr.io', config, never)).toMatchObject({ username: 'ada' });
    expect(await credentialsFor('quay.io', config, never)).toBeUndefined();
  });

  it('may be a token', async () => {
    const config = { auths: { 'a.test': { identitytoken: 't' } } };
    expect(await credentialsFor('a.test', config, never)).toEqual({
      identitytoken: 't',
      serveraddress: 'a.test',
    });
  });

  it("come from the registry's helper, or else from the store for all", async () => {
    const asked: string[] = [];
    const ask = (program: string, server: string) => {
      asked.push(`${program} ${server}`);
      return Promise.resolve({
        Username: program.endsWith('ecr') ? 'aws' : '<token>',
        Secret: 's',
      });
    };
    const config = { credsStore: 'desktop', credHelpers: { 'aws.test': 'ecr' } };
    expect(await credentialsFor('aws.test', config, ask)).toMatchObject({ username: 'aws' });
    expect(await credentialsFor('docker.io', config, ask)).toMatchObject({ identitytoken: 's' });
    expect(asked).toEqual(['docker-credential-ecr aws.test', `docker-credential-desktop ${HUB}`]);
  });

  it('of which the helper knows nothing may still stand in the file', async () => {
    const config = { credsStore: 'x', auths: { 'a.test': { auth } } };
    const ask = () => Promise.resolve(undefined);
    expect(await credentialsFor('a.test', config, ask)).toMatchObject({ username: 'ada' });
  });

  it('a helper that is not installed is named', async () => {
    const config = { credsStore: 'of-nobody-at-all' };
    await expect(credentialsFor('docker.io', config)).rejects.toThrow(
      "docker-credential-of-nobody-at-all, which Docker's config.json names, cannot be run: it is not installed",
    );
  });

  it('for a build are those of the registries that it needs', async () => {
    const config = { auths: { 'a.test': { auth }, 'b.test': { auth } } };
    expect(Object.keys(await allCredentials(config, ['a.test', 'c.test'], never))).toEqual([
      'a.test',
    ]);
  });
});
