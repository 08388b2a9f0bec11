defmodule Harbour.MixProject do
  use Mix.Project

  defp deps do
    [
      {:cowboy, "~> 2.9"},
      {:tides, git: "https://git.example.org/tides.git", only: [:dev, :test], runtime: false}
    ]
  end
end
