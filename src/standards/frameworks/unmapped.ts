/** Why clauses have no controls: what no evaluation of software could speak for. */
export const ABOUT_PEOPLE =
  'It is about how an organisation appoints, hires and guides people; nothing technical speaks for it.';
export const ABOUT_CONTRACTS = 'It is about contracts with others; nothing technical speaks for it.';
export const ABOUT_DOCUMENTS =
  'It is about documents that an organisation writes and keeps; nothing technical speaks for it.';
export const ABOUT_BUILDINGS = 'It is about buildings and who enters them; nothing technical speaks for it.';
export const ABOUT_EQUIPMENT =
  'It is about devices and media that people hold in their hands; nothing in containers speaks for it.';
export const ABOUT_RECORDS =
  'It is about records inside of applications and databases, which no evaluation of containers looks into.';
export const ABOUT_NETWORK_DEVICES =
  'It is about devices at the border of networks, which no evaluation of containers looks into.';
export const ABOUT_WEB =
  'It is about what stands before public web applications, which no evaluation of containers looks into.';
export const ABOUT_SIGN_IN =
  'It is about rules of the service that people sign in to, which no evaluation of containers looks into.';
export const ABOUT_LOG_STORES =
  'It is about the store that logs are kept in, which no evaluation of containers looks into.';
export const ABOUT_TIME = 'It is about who may set the clocks of hosts, which no evaluation of containers looks into.';
