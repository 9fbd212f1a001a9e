import { Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { maskedJson, synthesize, testApp } from './synth.ts';

const { app, stateTemplate, serviceTemplate } = synthesize({ emails: ['analyst@example.org'] });

/**
 * What is deployed, letter by letter. A difference here is a change of somebody's account: read it before it is
 * accepted with `npx vitest run test/lib -u`.
 */
describe('the templates', () => {
  test('of the state stack match the reviewed ones', async () => {
    await expect(maskedJson(stateTemplate)).toMatchFileSnapshot('__snapshots__/DaybookState.template.json');
  });

  test('of the service stack match the reviewed ones', async () => {
    await expect(maskedJson(serviceTemplate)).toMatchFileSnapshot('__snapshots__/DaybookService.template.json');
  });

  test('do not depend on the build: no hash of a bundle is left in them', () => {
    expect(maskedJson(serviceTemplate)).toContain('"S3Key": "<bundle>"');
    expect(maskedJson(serviceTemplate) + maskedJson(stateTemplate)).not.toMatch(/[0-9a-f]{64}/);
  });

  test('stay far below the size limit of CloudFormation', () => {
    for (const template of [stateTemplate, serviceTemplate]) {
      expect(Buffer.byteLength(JSON.stringify(template.toJSON()))).toBeLessThan(500_000);
    }
  });
});

/** Every acknowledgement with its construct. */
function acknowledgements(root: IConstruct): { path: string; id: string; reason: string }[] {
  return root.node.findAll().flatMap((node) =>
    node.node.metadata
      .filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap((entry) => Object.entries(entry.data as Record<string, string>))
      .map(([id, reason]) => ({ path: node.node.path, id, reason })),
  );
}

describe('cdk-nag (AwsSolutions)', () => {
  test('finds nothing that was not acknowledged', () => {
    const { success, violations } = new AwsSolutionsChecks(app, { verbose: true }).validateScope(app);
    const findings = violations.map(
      (finding) => `${finding.ruleName}: ${finding.violatingResources.map((at) => at.constructPath).join(', ')}`,
    );
    expect(findings).toEqual([]);
    expect(success).toBe(true);
  });

  test('reports a planted fault', () => {
    const other = testApp();
    new Bucket(new Stack(other, 'Other'), 'Careless');
    const { success, violations } = new AwsSolutionsChecks(other).validateScope(other);
    expect(success).toBe(false);
    expect(violations.map((finding) => finding.ruleName)).toContain('AwsSolutions-S10');
  });

  test('is acknowledged with a reason, on one resource and never on a whole stack', () => {
    const all = acknowledgements(app);
    expect(all.length).toBeGreaterThan(0);
    for (const { path, reason } of all) {
      expect(reason.length, path).toBeGreaterThan(40);
      expect(path.split('/').length, path).toBeGreaterThanOrEqual(2);
    }
  });

  test('acknowledges only these rules', () => {
    const rules = [
      ...new Set(acknowledgements(app).map(({ id }) => id.replace(/^.*?AwsSolutions-/, '').replace(/\[.*/, ''))),
    ];
    expect(rules.sort()).toEqual(['APIG4', 'IAM5', 'S1', 'SQS3']);
  });

  test('acknowledges wildcards only where they follow a named bucket or table', () => {
    const wildcards = acknowledgements(app).filter(({ id }) => id.includes('IAM5'));
    for (const { id } of wildcards) {
      expect(id).toMatch(
        /\[Resource::DaybookState:ExportsOutputFnGetAtt\w+\/(captures|bodies|evidence|revisions|stream)\/\*\]$/,
      );
    }
  });
});
