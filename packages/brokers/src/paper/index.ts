export { paperBroker } from './paper-broker.js';
