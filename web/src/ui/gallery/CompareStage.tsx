import { ReactCompareSlider, ReactCompareSliderImage } from "react-compare-slider";
import { type Artifact, fileOf } from "../../api/server";
import { describe } from "./describe";

/** Two pictures over each other, with a slider between them. */
export function CompareStage({ one, other }: { one: Artifact; other: Artifact }) {
  const image = (picture: Artifact) => <ReactCompareSliderImage src={fileOf(picture.id)} alt={describe(picture)} style={{ objectFit: "contain" }} />;
  return <ReactCompareSlider className="viewer-compare" itemOne={image(one)} itemTwo={image(other)} keyboardIncrement="5%" />;
}
