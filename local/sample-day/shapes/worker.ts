import type { JsonObject } from '../../twilio/json.ts';

/** A worker's attributes as the team keeps them: Insights reads some, routing others, and one must never be printed. */
export function workerAttributes(agent: string, userId: number): JsonObject {
  const firstName = agent.charAt(0).toUpperCase() + agent.slice(1);
  return {
    public_identity: firstName,
    manager: 'Grace Example',
    roles: ['agent'],
    last_name: 'Example',
    team_id: '1',
    team_name: 'Day shift',
    routing: { skills: ['spanish_speaking', 'overflow_status'], levels: { overflow_status: 10 } },
    full_name: `${firstName} Example`,
    rd_username: agent,
    user_id: String(userId),
    phone: `+120255501${String(80 + userId)}`,
    rd_auth_token: 'not-a-real-token',
    contact_uri: `client:${agent}`,
    rd_user_id: String(userId),
    location: 'Springfield, IL',
    id: `00000000-0000-4000-8000-${String(userId).padStart(12, '0')}`,
    team_name_in_hierarchy: 'Day shift,Springfield,IL',
    department: 'Contact Center',
    first_name: firstName,
    disabled_skills: { skills: [], levels: {} },
    email: `${agent}@example.com`,
  };
}
