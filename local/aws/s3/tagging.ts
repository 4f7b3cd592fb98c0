import { emptyAnswer, xmlAnswer } from '../http/answer.ts';
import { findObject } from './find-object.ts';
import { checkTags, versionHeader } from './object-headers.ts';
import { malformedXml } from './s3-errors.ts';
import { objectCall, query, xmlBody, type S3Call, type S3Operation } from './s3-call.ts';
import { childrenOf, childText, xml, xmlDocument, xmlGroup, type XmlElement } from './xml.ts';
import type { Content } from './stored-shapes.ts';

export const getObjectTagging: S3Operation = (call) => ({
  calls: [objectCall(withVersion(call, 'GetObjectTagging', 'GetObjectVersionTagging'), call)],
  run(context) {
    const object = findObject(call.store, { ...call, versionId: query(call, 'versionId') }, context);
    const tags = object.content.tags.map((tag) => xmlGroup('Tag', xml('Key', tag.key), xml('Value', tag.value)));
    return xmlAnswer(200, xmlDocument('Tagging', xmlGroup('TagSet', ...tags)), versionHeader(object));
  },
});

export const putObjectTagging: S3Operation = async (call) => {
  const tags = readTags(await xmlBody(call, 'Tagging'));
  return {
    calls: [objectCall(withVersion(call, 'PutObjectTagging', 'PutObjectVersionTagging'), call)],
    run(context) {
      const object = findObject(call.store, { ...call, versionId: query(call, 'versionId') }, context);
      call.store.replaceTags(object, tags);
      return emptyAnswer(200, versionHeader(object));
    },
  };
};

export const deleteObjectTagging: S3Operation = (call) => ({
  calls: [objectCall(withVersion(call, 'DeleteObjectTagging', 'DeleteObjectVersionTagging'), call)],
  run(context) {
    const object = findObject(call.store, { ...call, versionId: query(call, 'versionId') }, context);
    call.store.replaceTags(object, []);
    return emptyAnswer(204, versionHeader(object));
  },
});

function withVersion(call: S3Call, current: string, ofVersion: string): string {
  return query(call, 'versionId') === undefined ? current : ofVersion;
}

function readTags(root: XmlElement): Content['tags'] {
  const set = root.children.find((child) => child.name === 'TagSet');
  if (set === undefined) throw malformedXml();
  return checkTags(
    childrenOf(set, 'Tag').map((tag) => {
      const [key, value] = [childText(tag, 'Key'), childText(tag, 'Value')];
      if (key === undefined || value === undefined) throw malformedXml();
      return { key, value };
    }),
  );
}
