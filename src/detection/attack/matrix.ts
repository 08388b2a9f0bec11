/**
 * MITRE ATT&CK for Containers, version 18.1: techniques by tactic. © The MITRE Corporation, reproduced by its terms of use
 * (https://attack.mitre.org/resources/legal-and-branding/terms-of-use/).
 */
export interface Technique {
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
}

const MATRIX = `
T1190|Exploit Public-Facing Application|Initial Access
T1133|External Remote Services|Initial Access, Persistence
T1078|Valid Accounts|Initial Access, Persistence, Privilege Escalation, Defense Evasion
T1078.001|Valid Accounts: Default Accounts|Initial Access, Persistence, Privilege Escalation, Defense Evasion
T1078.003|Valid Accounts: Local Accounts|Initial Access, Persistence, Privilege Escalation, Defense Evasion
T1609|Container Administration Command|Execution
T1610|Deploy Container|Execution, Defense Evasion
T1059.013|Command and Scripting Interpreter: Container CLI/API|Execution
T1053|Scheduled Task/Job|Execution, Persistence, Privilege Escalation
T1053.007|Scheduled Task/Job: Container Orchestration Job|Execution, Persistence, Privilege Escalation
T1204|User Execution|Execution
T1204.003|User Execution: Malicious Image|Execution
T1098|Account Manipulation|Persistence, Privilege Escalation
T1098.006|Account Manipulation: Additional Container Cluster Roles|Persistence, Privilege Escalation
T1136|Create Account|Persistence
T1136.001|Create Account: Local Account|Persistence
T1525|Implant Internal Image|Persistence
T1543|Create or Modify System Process|Persistence, Privilege Escalation
T1543.005|Create or Modify System Process: Container Service|Persistence, Privilege Escalation
T1611|Escape to Host|Privilege Escalation
T1068|Exploitation for Privilege Escalation|Privilege Escalation
T1612|Build Image on Host|Defense Evasion
T1562|Impair Defenses|Defense Evasion
T1562.001|Impair Defenses: Disable or Modify Tools|Defense Evasion
T1070|Indicator Removal|Defense Evasion
T1036|Masquerading|Defense Evasion
T1036.005|Masquerading: Match Legitimate Resource Name or Location|Defense Evasion
T1036.010|Masquerading: Masquerade Account Name|Defense Evasion
T1550|Use Alternate Authentication Material|Defense Evasion, Lateral Movement
T1550.001|Use Alternate Authentication Material: Application Access Token|Defense Evasion, Lateral Movement
T1110|Brute Force|Credential Access
T1110.001|Brute Force: Password Guessing|Credential Access
T1110.003|Brute Force: Password Spraying|Credential Access
T1110.004|Brute Force: Credential Stuffing|Credential Access
T1528|Steal Application Access Token|Credential Access
T1552|Unsecured Credentials|Credential Access
T1552.001|Unsecured Credentials: Credentials In Files|Credential Access
T1552.007|Unsecured Credentials: Container API|Credential Access
T1613|Container and Resource Discovery|Discovery
T1046|Network Service Discovery|Discovery
T1069|Permission Groups Discovery|Discovery
T1485|Data Destruction|Impact
T1490|Inhibit System Recovery|Impact
T1496|Resource Hijacking|Impact
T1496.001|Resource Hijacking: Compute Hijacking|Impact
T1496.002|Resource Hijacking: Bandwidth Hijacking|Impact
T1498|Network Denial of Service|Impact
T1499|Endpoint Denial of Service|Impact
`;

export const containerTechniques: readonly Technique[] = MATRIX.trim()
  .split('\n')
  .map((line) => {
    const [id = '', name = '', tactics = ''] = line.split('|');
    return { id, name, tactics: tactics.split(', ') };
  });
