import { describe, expect, it } from 'vitest';
import { alternativeHosts, describeOptions } from './options';

describe('how a meeting is held', () => {
  it('is told in sentences, without what Zoom does not tell', () => {
    expect(describeOptions(undefined)).toEqual([]);
    expect(describeOptions({ waiting_room: true, join_before_host: true, auto_recording: 'cloud' })).toEqual([
      'People wait until the host lets them in.',
      'It is recorded in the Zoom cloud from its start.',
    ]);
    expect(
      describeOptions({
        waiting_room: false,
        join_before_host: true,
        jbh_time: 10,
        mute_upon_entry: true,
        host_video: false,
      }),
    ).toEqual([
      'People come in without waiting.',
      'People may come in 10 minutes before the start, without the host.',
      'People come in muted.',
      'The host’s camera is off at the start.',
    ]);
  });

  it('names alternative hosts however Zoom separates them', () => {
    const settings = { alternative_hosts: 'bob@acme.example;carol@acme.example, eve@acme.example' };
    expect(alternativeHosts({ id: 1, settings })).toEqual([
      'bob@acme.example',
      'carol@acme.example',
      'eve@acme.example',
    ]);
  });
});
