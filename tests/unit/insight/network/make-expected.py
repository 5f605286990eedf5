"""Makes expected.json: networks and what networkx says of them. Run: python3 make-expected.py (networkx 3.6.1, numpy)."""

import json
import random
from pathlib import Path

import networkx as nx


def measured(graph: nx.DiGraph, group: dict, age: dict) -> dict:
    plain = graph.to_undirected()
    lengths = [d for _, ways in nx.all_pairs_shortest_path_length(graph) for d in ways.values() if d > 0]
    nx.set_node_attributes(graph, group, "group")
    nx.set_node_attributes(graph, age, "age")
    parts = [{n for n in graph if group[n] == g} for g in sorted(set(group.values()))]
    components = sorted((len(c) for c in nx.connected_components(plain)), reverse=True)
    return {
        "in": [d for _, d in sorted(graph.in_degree())],
        "out": [d for _, d in sorted(graph.out_degree())],
        "strengthOut": [d for _, d in sorted(graph.out_degree(weight="weight"))],
        "strengthIn": [d for _, d in sorted(graph.in_degree(weight="weight"))],
        "localClustering": [c for _, c in sorted(nx.clustering(plain).items())],
        "density": nx.density(graph),
        "reciprocity": nx.overall_reciprocity(graph),
        "clustering": nx.average_clustering(plain),
        "transitivity": nx.transitivity(plain),
        "components": components,
        "pathLength": sum(lengths) / len(lengths),
        "longestPath": max(lengths),
        "nominal": nx.attribute_assortativity_coefficient(graph, "group"),
        "numeric": nx.numeric_assortativity_coefficient(graph, "age"),
        "modularity": nx.community.modularity(plain, parts, weight=None),
        "louvain": nx.community.modularity(plain, nx.community.louvain_communities(plain, weight=None, seed=1), weight=None),
    }


def network(graph: nx.DiGraph, seed: int, groups=None) -> dict:
    dice = random.Random(seed)
    group = groups or {n: dice.choice("abc") for n in graph}
    age = {n: dice.randint(18, 80) for n in graph}
    for one, other in graph.edges:
        graph[one][other]["weight"] = dice.choice([0.5, 1, 2])
    edges = [[one, other, data["weight"]] for one, other, data in graph.edges(data=True)]
    groups = [group[n] for n in sorted(graph)]
    ages = [age[n] for n in sorted(graph)]
    return {"groups": groups, "ages": ages, "edges": edges, "expected": measured(graph, group, age)}


karate = nx.karate_club_graph()
clubs = {n: karate.nodes[n]["club"] for n in karate}
both_ways = nx.DiGraph()
both_ways.add_nodes_from(karate)
both_ways.add_edges_from((a, b) for one, other in karate.edges for a, b in ((one, other), (other, one)))
networks = {
    "karate club": network(both_ways, 1, clubs),
    "sparse, directed": network(nx.gnp_random_graph(60, 0.03, seed=2, directed=True), 2),
    "dense, directed": network(nx.gnp_random_graph(25, 0.4, seed=3, directed=True), 3),
    "small world": network(nx.watts_strogatz_graph(50, 6, 0.1, seed=4).to_directed(), 4),
    "scale free, one way": network(nx.DiGraph(nx.barabasi_albert_graph(80, 2, seed=5).edges), 5),
}
Path(__file__).with_name("expected.json").write_text(json.dumps({"networkx": nx.__version__, "networks": networks}) + "\n")
