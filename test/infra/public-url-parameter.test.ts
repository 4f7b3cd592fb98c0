import { resourcesOf, spelled, synthesizedStage } from '../support/infra/synthesized.ts';

/** What the stage's pipeline publishes as its public URL. */
function publishedUrl(stage: 'dev' | 'prod'): string | undefined {
  const parameters = [...resourcesOf(synthesizedStage(stage).pipeline, 'AWS::SSM::Parameter').values()];
  const own = parameters.find(({ Properties }) => Properties.Name === `/flex-task-pipeline/${stage}/public-url`);
  return own === undefined ? undefined : spelled(own.Properties.Value);
}

describe('the public URL in Parameter Store', () => {
  it('is the custom domain where there is one', () => {
    expect(publishedUrl('prod')).toBe('https://recordings.example.com');
  });

  it('is the invoke URL of the API where there is none', () => {
    expect(publishedUrl('dev')).toMatch(/^https:\/\/.+\.execute-api\..+\/v1$/);
  });
});
