/** A specification to begin with: every part of it runs, and says what it is for. */
export function specificationTemplate(name: string): string {
  return `specification: 1
name: ${JSON.stringify(name)}
description: Who these people are, where and when. Whoever writes the personas reads it.
language: English
locale: en-US
size: 100

# Where figures come from. Without a source, or one that somebody has opened, they are told as unverified.
sources:
  survey:
    title: A survey of yours
    # url: https://…
    # opened: 2030-01-31

dimensions:
  age:
    kind: numeric            # bands with shares, or from, to and a distribution
    unit: years
    bands:
      - { from: 18, to: 34, share: 30 }
      - { from: 35, to: 59, share: 45 }
      - { from: 60, to: 84, share: 25 }
    source: survey
  sex:
    kind: categorical        # values without an order
    sensitive: true
    shares: { female: 51, male: 49 }
    source: survey
  work:
    kind: categorical
    shares: { employed: 60, at home: 15, retired: 25 }
    source: survey
  reason:
    kind: free               # made up by whoever writes the personas
    describe: What brought the person to you.

# How a dimension depends on others: the first row that holds counts.
conditionals:
  - of: work
    rows:
      - when: { age: { from: 60 } }
        shares: { employed: 20, at home: 5, retired: 75 }
    source: survey

# What is impossible.
constraints:
  - when: { work: retired }
    must: { age: { from: 50 } }
    because: Nobody retires earlier here.

# quotas: [{ where: { sex: female }, count: 50 }]
# boosts: [{ where: { work: at home }, times: 2 }]
`;
}
